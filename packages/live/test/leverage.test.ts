import { describe, expect, it } from 'vitest';
import type { Answers } from './answering-venue.ts';
import { setUp, type Setup } from './answering-rig.ts';
import { tell } from './rig.ts';
import { NEW_YEAR } from './market.ts';

const SET = 'POST /fapi/v1/leverage';
const config =
  (leverage: number, marginType = 'CROSSED') =>
  () => ({ body: [{ symbol: 'BTCUSDT', marginType, leverage }] });
const bracket = (initialLeverage: number) => () => ({
  body: [
    { symbol: 'BTCUSDT', brackets: [{ bracket: 1, initialLeverage, notionalCap: 1, notionalFloor: 0, maintMarginRatio: 0.1, cum: 0 }] },
  ],
});
const wish = (leverage: number): never => ({ type: 'SetLeverage', ts: NEW_YEAR, instrument: 0, leverage }) as never;
const notice = (l: number, E: number): unknown => ({ e: 'ACCOUNT_CONFIG_UPDATE', E, T: E, ac: { s: 'BTCUSDT', l } });
const count = ({ venue }: Setup, name: string): number => venue.asked.filter((one) => one === name).length;
const refused = (code: number) => () => ({ status: 400, body: { code, msg: 'no' } });

describe('a leverage that the run sets (BINANCE USDⓈ-M, POST leverage)', () => {
  it('is told, and its event says nothing new', async () => {
    const { venue, gateway, facts, problems, handled } = await setUp(({ answers }) => {
      answers[SET] = (params) => ({ body: { leverage: Number(params.get('leverage')), maxNotionalValue: '1000000', symbol: 'BTCUSDT' } });
    });
    await gateway.send(wish(21));
    const last = handled(NEW_YEAR + 1);
    venue.push(notice(21, NEW_YEAR + 1));
    await last;
    await gateway.idle();
    expect(facts.map(tell)).toEqual(['leverage 21']);
    expect(problems).toEqual([]);
  });
  it.each([
    [-4028, 'out_of_range'],
    [-2027, 'position_too_large'],
    [-2028, 'position_too_large'],
    [-4161, 'position_too_large'],
    [-4203, 'venue'],
  ])('is refused with a reason: %i is %s', async (code, reason) => {
    const { gateway, facts } = await setUp(({ answers }) => (answers[SET] = refused(code)));
    await gateway.send(wish(21));
    expect(facts.map(tell)).toEqual([`not leverage 21: ${reason}`]);
  });
  it('whose answer is lost is asked about', async () => {
    const setup = await setUp(({ answers }) => {
      answers[SET] = () => ({ status: 503, body: 'Unknown error, please check your request or try again later.' });
    });
    setup.venue.answers['GET /fapi/v1/symbolConfig'] = config(21);
    await setup.gateway.send(wish(21));
    expect(setup.facts.map(tell)).toEqual(['leverage 21']);
    expect(count(setup, SET)).toBe(1);
  });
});

describe('a leverage that nobody asked for', () => {
  it('is a problem, and not taken', async () => {
    const { venue, gateway, facts, problems, handled } = await setUp();
    venue.answers['GET /fapi/v1/symbolConfig'] = config(50);
    const last = handled(NEW_YEAR + 2);
    venue.push(notice(50, NEW_YEAR + 1));
    venue.push({ e: 'ACCOUNT_CONFIG_UPDATE', E: NEW_YEAR + 2, T: NEW_YEAR + 2, ai: { j: true } });
    await last;
    await gateway.idle();
    expect(facts).toEqual([]);
    expect(problems).toEqual([
      { kind: 'account', message: 'somebody else has switched the account to multi-assets mode' },
      { kind: 'account', message: 'BTCUSDT: somebody else has changed the leverage to 50x, and the run counts on 5x' },
    ]);
  });
  it('is none where the event is a late one', async () => {
    const { venue, gateway, problems, handled } = await setUp();
    const last = handled(NEW_YEAR + 1);
    venue.push(notice(50, NEW_YEAR + 1));
    await last;
    await gateway.idle();
    expect(problems).toEqual([]);
  });
});

describe('an account at the start', () => {
  const asked: string[] = [];
  const taking = (name: string, answers: Answers): void => {
    asked.length = 0;
    answers[name] = (params) => {
      params.delete('signature');
      params.delete('timestamp');
      params.delete('recvWindow');
      asked.push(`${name} ${params.toString()}`);
      return { body: { code: 200, msg: 'success' } };
    };
  };
  it('is switched to the run’s position mode', async () => {
    await setUp(({ answers }) => taking('POST /fapi/v1/positionSide/dual', answers), { hedgeMode: true });
    expect(asked).toEqual(['POST /fapi/v1/positionSide/dual dualSidePosition=true']);
  });
  it('that cannot be switched is refused in one line', async () => {
    const start = setUp(({ answers }) => {
      answers['GET /fapi/v1/accountConfig'] = () => ({ body: { dualSidePosition: true } });
      answers['POST /fapi/v1/positionSide/dual'] = () => ({
        status: 400,
        body: { code: -4068, msg: 'Position side cannot be changed if there exists position.' },
      });
    });
    await expect(start).rejects.toThrow(
      'the account is in hedge mode and could not be switched to one-way mode: POST /fapi/v1/positionSide/dual: -4068 "Position side cannot be changed if there exists position." (HTTP 400); close positions and orders, or switch it',
    );
  });
  it('gets the run’s margin type and leverage where it is flat', async () => {
    await setUp(
      ({ answers }) => {
        answers['GET /fapi/v1/symbolConfig'] = config(5);
        answers['GET /fapi/v1/leverageBracket'] = bracket(125);
        taking('POST /fapi/v1/marginType', answers);
        answers[SET] = (params) => {
          asked.push(`leverage ${params.get('leverage')}`);
          return { body: { leverage: 20, symbol: 'BTCUSDT' } };
        };
      },
      { leverage: 20, marginType: 'isolated' },
    );
    expect(asked).toEqual(['POST /fapi/v1/marginType symbol=BTCUSDT&marginType=ISOLATED', 'leverage 20']);
  });
  it('with a position is refused instead', async () => {
    const start = setUp(
      ({ answers }) => {
        answers['GET /fapi/v1/leverageBracket'] = bracket(125);
        answers['GET /fapi/v3/positionRisk'] = () => ({ body: [{ symbol: 'BTCUSDT', positionSide: 'BOTH', positionAmt: '1' }] });
      },
      { leverage: 20, marginType: 'isolated' },
    );
    await expect(start).rejects.toThrow(
      'BTCUSDT: the venue has a position at 5x CROSSED, and the run counts on 20x ISOLATED; close it, or set them by hand',
    );
  });
  it('takes the most that a symbol allows for more (MARG-7)', async () => {
    const setup = await setUp(
      ({ answers }) => {
        answers['GET /fapi/v1/leverageBracket'] = bracket(5);
      },
      { leverage: 20 },
    );
    expect(count(setup, SET)).toBe(0);
  });
  it('keeps the leverage that the run has set itself', async () => {
    const setup = await setUp(
      ({ answers }) => {
        answers['GET /fapi/v1/symbolConfig'] = config(7);
      },
      {},
      { leverage: [7] },
    );
    expect(count(setup, SET)).toBe(0);
  });
});
