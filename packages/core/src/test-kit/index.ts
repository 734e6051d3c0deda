export { strategyContract, type ContractOptions, type Law } from './strategy-contract.ts';
