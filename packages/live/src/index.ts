export { type ClosedCandle, type FeedHandlers, type MarketFeed, type SettledFunding } from './feed/market-feed.ts';
export {
  HALTING_PROBLEMS,
  type ExecutionGateway,
  type GatewayOptions,
  type KnownAccount,
  type KnownOrder,
  type ProblemKind,
  type VenueProblem,
} from './gateway/execution-gateway.ts';
export { type Binance, type BinanceOptions, type VenueUrls } from './exchange/binance-options.ts';
export { type Keys } from './secrets/keys.ts';
