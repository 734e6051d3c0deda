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
export { createBinance } from './exchange/create-binance.ts';
export { TradingDisabledError, VenueError, type VenueErrorDetails, type VenueErrorKind } from './exchange/venue-error.ts';
export { runLiveSession } from './session/run-live-session.ts';
export { type GatewayParts, type LiveSessionOptions, type SessionEnd, type SessionIdle, type SessionStatus } from './session/options.ts';
export { type SessionProblem, type SessionProblemKind } from './session/problem.ts';
export { type Predictions } from './session/predictions.ts';
export { liveFiles, type LiveFiles } from './storage/live-folder.ts';
export { readSession, type AccountTerms, type LiveMode, type SessionRecord } from './storage/session-record.ts';
export { checkPromotion, type PresentParts } from './promotion/check-promotion.ts';
export { checkMode, newSession } from './promotion/new-session.ts';
export { type Evidence, type Promotion } from './promotion/promotion.ts';
export { readPromotion, writePromotion } from './promotion/seal.ts';
export { verifyLiveRun, type LiveVerification } from './recovery/verify-live-run.ts';
