import {
  createInstrument,
  createTape,
  NO_FUNDING,
  PLAIN_VENUE,
  SimVenue,
  type Command,
  type Fact,
  type InstrumentId,
  type OutboundCommand,
  type RateE8,
  type SubmitOrder,
} from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { isExit } from '../../src/session/exits.ts';
import { HaltedEntries } from '../../src/session/halted-entries.ts';
import { OrderSender } from '../../src/session/order-sender.ts';
import { makeMarket, NEW_YEAR } from '../market.ts';
import { order, tell } from '../rig.ts';

const terms = (fields: Record<string, unknown>): unknown => ({
  positionSide: 'both',
  workingType: 'contract_price',
  priceProtect: false,
  closePosition: false,
  callbackRate: null,
  goodTillDate: null,
  ...fields,
});
const long = terms({ positionSide: 'long' });
const short = terms({ positionSide: 'short' });
const closing = { orderType: 'stop_market', side: 'sell', qty: 0, trigger: 900, terms: terms({ closePosition: true }) };
const amend = (orderId: number): never => ({ type: 'AmendOrder', ts: NEW_YEAR, instrument: 0, orderId, qty: 2000, price: 910 }) as never;

describe('an order that can only reduce', () => {
  it.each([
    ['a plain buy', {}, false],
    ['a reduce-only one', { reduceOnly: true }, true],
    ['one that closes the position', closing, true],
    ['a buy of the long', { terms: long }, false],
    ['a sell of the long', { side: 'sell', terms: long }, true],
    ['a sell of the short', { side: 'sell', terms: short }, false],
    ['a buy back of the short', { terms: short }, true],
  ])('is told by its fields (POS-2): %s', (_, fields, expected) => {
    expect(isExit(order(1, fields))).toBe(expected);
  });
});

describe('halted entries of a paper run', () => {
  function venue(hedgeMode: boolean): { readonly send: (command: Command) => void; readonly facts: Fact[] } {
    const { filters } = makeMarket([{ symbol: 'BTCUSDT', candles: [] }]);
    const instruments = filters.map((one, id) => createInstrument(id as InstrumentId, one, { maker: 0 as RateE8, taker: 0 as RateE8 }));
    const market = { instruments, tapes: [createTape(0 as InstrumentId, 300_000, 4)], funding: [NO_FUNDING] };
    const halted = new HaltedEntries(new SimVenue(market, { ...PLAIN_VENUE, hedgeMode }), () => true);
    const facts: Fact[] = [];
    return { facts, send: (command) => halted.handle(command, { push: (fact: Fact) => void facts.push(fact) } as never) };
  }
  const story = (facts: readonly Fact[]): readonly string[] =>
    facts.map(tell).filter((line) => line.includes('halted') || line.includes('amended'));

  it('turn orders away that open, and let through what reduces', () => {
    const { send, facts } = venue(false);
    send(order(1));
    send(order(2, { side: 'sell', reduceOnly: true }));
    send(order(3, closing));
    expect(story(facts)).toEqual(['1 rejected halted']);
  });
  it('do so in hedge mode by the side of the position', () => {
    const { send, facts } = venue(true);
    send(order(1, { terms: long }));
    send(order(2, { side: 'sell', terms: long }));
    send(order(3, { side: 'sell', terms: short }));
    send(order(4, { terms: short }));
    expect(story(facts)).toEqual(['1 rejected halted', '3 rejected halted']);
  });
  it('leave an opening order as it is', () => {
    const { send, facts } = venue(false);
    send(amend(7));
    expect(story(facts)).toEqual(['7 not amended: venue']);
  });
});

describe('what is sent to the venue', () => {
  async function sent(
    commands: readonly OutboundCommand[],
    isHalted: boolean,
  ): Promise<{ readonly out: readonly string[]; readonly facts: readonly string[] }> {
    const out: string[] = [];
    const facts: Fact[] = [];
    const sender = new OrderSender({
      gateway: { send: async (command) => void out.push(`${command.type} ${'orderId' in command ? command.orderId : command.leverage}`) },
      refusal: () => (isHalted ? 'halted' : null),
      refusesAmendment: ({ orderId }) => isHalted && orderId === 1,
      now: () => NEW_YEAR,
      onFact: (fact) => facts.push(fact),
      onProblem: () => {},
    });
    await sender.send(commands);
    return { out, facts: facts.map(tell) };
  }
  const commands = [order(1), order(2, { side: 'sell', terms: long }), order(3, closing), amend(1), amend(9)] as readonly (SubmitOrder &
    OutboundCommand)[];
  const leverage = { type: 'SetLeverage', ts: NEW_YEAR, instrument: 0, leverage: 3 } as never;

  it('is everything while nothing is halted', async () => {
    expect((await sent([...commands, leverage], false)).out).toEqual([
      'SubmitOrder 1',
      'SubmitOrder 2',
      'SubmitOrder 3',
      'AmendOrder 1',
      'AmendOrder 9',
      'SetLeverage 3',
    ]);
  });
  it('is what reduces while entries are halted, and an amendment of what was refused goes with it', async () => {
    expect(await sent([...commands, leverage], true)).toEqual({
      out: ['SubmitOrder 2', 'SubmitOrder 3', 'AmendOrder 9', 'SetLeverage 3'],
      facts: ['1 rejected halted'],
    });
  });
  it('is no amendment of an order that opens, which stands as it was', async () => {
    expect(await sent([amend(1)], true)).toEqual({ out: [], facts: ['1 not amended: venue'] });
  });
});
