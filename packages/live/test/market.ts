export * from '../../emulator/test/market.ts';
