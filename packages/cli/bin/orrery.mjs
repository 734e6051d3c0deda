#!/usr/bin/env node
// Committed as it is, so that the link to it can be made before anything is built.
import '../dist/main.js';
