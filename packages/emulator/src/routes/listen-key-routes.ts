import type { Routes } from '../http/route.ts';
import type { RouteContext } from './context.ts';

/** The key of the user data stream: asked for with the API key alone. */
export function listenKeyRoutes({ listenKeys }: RouteContext): Routes {
  const security = 'key';
  return {
    'POST /fapi/v1/listenKey': { weight: 1, security, handle: () => ({ listenKey: listenKeys.open() }) },
    'PUT /fapi/v1/listenKey': { weight: 1, security, handle: () => ({ listenKey: listenKeys.keepAlive() }) },
    'DELETE /fapi/v1/listenKey': {
      weight: 1,
      security,
      handle: () => {
        listenKeys.close();
        return {};
      },
    },
  };
}
