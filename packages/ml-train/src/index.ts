export * from './xgboost/index.ts';
