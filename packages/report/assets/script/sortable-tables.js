'use strict';
/** Heads of sortable tables become buttons; a cell sorts by its data-sort where it has one, else by its text. */
report.makeSortable = () => {
  for (const table of document.querySelectorAll('table.sortable')) {
    for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => report.sortTable(table, column));
    }
  }
};

/** Sorts by a column, descending when it already ascends; rows without a value stay last either way. */
report.sortTable = (table, column) => {
  const heads = [...table.tHead.rows[0].cells];
  const descending = heads[column].getAttribute('aria-sort') === 'ascending';
  for (const head of heads) head.removeAttribute('aria-sort');
  heads[column].setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  const key = (row) => {
    const cell = row.cells[column];
    const { sort } = cell.dataset;
    if (sort === '') return null;
    return sort === undefined ? cell.textContent.trim() : Number(sort);
  };
  const rows = [...table.tBodies[0].rows].map((row, order) => ({ row, order, key: key(row) }));
  rows.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null ? 1 : 0) - (b.key === null ? 1 : 0) || a.order - b.order;
    const difference = typeof a.key === 'number' ? a.key - b.key : a.key.localeCompare(b.key, 'en');
    return (descending ? -difference : difference) || a.order - b.order;
  });
  table.tBodies[0].append(...rows.map(({ row }) => row));
};
