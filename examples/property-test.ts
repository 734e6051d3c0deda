import { strategyContract } from '@orrery/core';
import mine from './ema-cross.ts';

// In a test file: for (const law of strategyContract(mine)) it(law.name, law.run);
for (const law of strategyContract(mine)) law.run();
