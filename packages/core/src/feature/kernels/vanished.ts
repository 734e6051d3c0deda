/**
 * Averages whose total fades below this are taken for 0, all at once. Further down numbers lose their digits one by one, so
 * that the ratio of two of them, which was steady all the way, would end as an arbitrary one.
 */
export const VANISHED = 1e-290;
