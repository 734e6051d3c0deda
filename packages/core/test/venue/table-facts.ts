import type { Fact, PositionLiquidated } from '../../src/index.ts';

const UNIT = 100_000_000;

/** A fact in the words of a table; an acceptance is none. */
export function describeFact(fact: Fact): string {
  const words = wordsOf(fact);
  return words === '' || fact.instrument === 0 ? words : `B:${words}`;
}

function wordsOf(fact: Fact): string {
  switch (fact.type) {
    case 'OrderFilled': {
      const traded = `${fact.orderId} ${trade(fact.qty, fact.price)} ${fact.isMaker ? 'maker' : 'taker'}`;
      return fact.isDone ? traded : `${traded} part`;
    }
    case 'OrderRejected':
      return `${fact.orderId} rejected ${fact.reason}`;
    case 'OrderCanceled':
      return `${fact.orderId} canceled ${fact.reason}`;
    case 'OrderExpired':
      return `${fact.orderId} expired ${fact.reason}`;
    case 'FundingCharged':
      return `funding ${fact.amount / UNIT}`;
    case 'PositionLiquidated':
      return liquidated(fact);
    case 'OrderAmended':
      return `${fact.orderId} amended ${fact.qty}@${fact.price}`;
    case 'AmendRejected':
      return `${fact.orderId} amend refused ${fact.reason}`;
    case 'LeverageChanged':
      return `leverage ${fact.leverage}`;
    case 'LeverageRejected':
      return `leverage ${fact.leverage} refused ${fact.reason}`;
    default:
      return '';
  }
}

/** `liquidated sell 10@90 fee 9 absorbed 3`; the last two only where they are not 0. */
function liquidated({ cause, positionSide, qty, price, fee, absorbed }: PositionLiquidated): string {
  const side = positionSide === 'both' ? '' : ` ${positionSide}`;
  const costs = `${fee === 0 ? '' : ` fee ${fee / UNIT}`}${absorbed === 0 ? '' : ` absorbed ${absorbed / UNIT}`}`;
  return `${cause === 'delisting' ? 'settled' : 'liquidated'}${side} ${trade(qty, price)}${costs}`;
}

function trade(qty: number, price: number): string {
  return `${qty > 0 ? 'buy' : 'sell'} ${Math.abs(qty)}@${price}`;
}
