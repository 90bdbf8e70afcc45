/** A button beside each table that asks for one (`data-csv`, the name of the file): its rows as they stand, for a spreadsheet. */
import { csvOf } from '../../lib/csv.ts';
import { el, pageWords } from '../../lib/dom.client.ts';

const { site } = pageWords();

for (const box of document.querySelectorAll<HTMLElement>('[data-csv]')) {
  const button = el('button', 'secondary', site.csv);
  button.type = 'button';
  button.addEventListener('click', () => {
    const tables = [...box.querySelectorAll('table')];
    const head = tables[0]!.tHead!.rows[0]!;
    const rows = [head, ...tables.flatMap((table) => [...table.tBodies].flatMap((body) => [...body.rows]))];
    const text = csvOf(
      rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim().replaceAll(/\s+/g, ' '))),
    );
    const link = el('a', '');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    link.download = `${box.dataset['csv']}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  box.append(button);
}
