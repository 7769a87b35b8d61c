// Tables are sorted by a button in each heading, or where a narrow screen
// hides the headings, by a list. What is not there (x : –) comes last.
(() => {
	const { announce, make, rowsOf, say, select, words } = vidno;
	const { lang } = document.documentElement;
	const order = new Intl.Collator(lang, { numeric: true });

	const number = (text) => {
		const digits = text.replace(/[\s%+]/g, '').replace(/[−–]/, '-');
		const found = /^-?\d+(?:[.,]\d+)?/.exec(lang === 'en' ? digits.replace(/,/g, '') : digits);
		return found ? Number(found[0].replace(',', '.')) : NaN;
	};

	// The first line of a cell: the rest explains it. null: nothing there.
	const keyOf = (cell) => {
		const said = cell.querySelector('time')?.dateTime || cell.innerText.trim().split('\n')[0];
		if (/^[x:–—]?$/.test(said)) return null;
		return said;
	};

	// Numbers first, then what is none.
	const byNumber = (a, b) => number(a) - number(b) || isNaN(number(a)) - isNaN(number(b)) || order.compare(a, b);

	// Within each group of rows; what is no row stays at its place.
	const sort = (table, column, down) => {
		const heads = [...table.tHead.rows[0].cells];
		const by = heads[column].matches('.num') ? byNumber : order.compare;
		for (const body of table.tBodies) {
			const rows = rowsOf(table).filter((row) => row.parentNode === body);
			const keys = new Map(rows.map((row) => [row, keyOf(row.cells[column])]));
			rows.sort((one, other) => {
				const [a, b] = [keys.get(one), keys.get(other)];
				if (a === null || b === null) return (a === null) - (b === null);
				return down ? by(b, a) : by(a, b);
			});
			const sorted = rows.values();
			body.append(...[...body.rows].map((row) => (keys.has(row) ? sorted.next().value : row)));
		}
		for (const head of heads) head.removeAttribute('aria-sort');
		heads[column].setAttribute('aria-sort', down ? 'descending' : 'ascending');
		announce(say(down ? 'sorted_down' : 'sorted_up', { column: heads[column].innerText }));
	};

	for (const table of document.querySelectorAll('main table')) {
		const heads = [...table.querySelectorAll('thead th')];
		const rows = rowsOf(table);
		const plain = (row) => row.cells.length === heads.length && !row.querySelector('[colspan], [rowspan]');
		if (rows.length < 3 || table.tHead?.rows.length !== 1 || !rows.every(plain)) continue;
		const columns = heads.map((head, column) => [column, head.textContent.trim()]).filter(([, text]) => text);
		for (const [column] of columns) {
			const head = heads[column];
			const button = make('button', { type: 'button' }, ...head.childNodes);
			button.addEventListener('click', () => sort(table, column, head.getAttribute('aria-sort') === 'ascending'));
			head.append(button);
		}
		if (rows.length < 8 || !table.matches('.cards')) continue;
		const list = select(words.sort, [['', ''], ...columns], (column) => column && sort(table, column, false));
		(table.closest('.wide') ?? table).before(make('div', { class: 'tools narrow' }, list));
	}
})();
