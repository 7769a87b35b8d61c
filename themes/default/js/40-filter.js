// A field above a long table leaves the rows that hold the words typed. Above
// an element with data-filter="<rows>" stands one field for all the rows in
// it, and a list for each kind of data-facet="<label>" inside the rows and for
// the headings of data-group; data-groups is the label of these.
(() => {
	const { announce, field, make, rowsOf, say, select, words, wordsOf } = vidno;
	const LONG = 12;

	// label → value, of one row.
	const facetsOf = (row, label) => {
		const facets = new Map();
		for (const one of row.querySelectorAll('[data-facet]')) {
			facets.set(one.dataset.facet, one.getAttribute('value') ?? one.textContent.trim());
		}
		if (label) facets.set(label, row.closest('[data-group]')?.dataset.group);
		return facets;
	};

	const install = (place, rows, groups, label) => {
		const known = rows.map((row) => ({ row, text: ` ${wordsOf(row.textContent).join(' ')}`, facets: facetsOf(row, label) }));
		const chosen = new Map();
		const count = make('span', { class: 'src' });
		let typed = [];

		const apply = () => {
			for (const { row, text, facets } of known) {
				row.hidden = !typed.every((word) => text.includes(` ${word}`)) || [...chosen].some(([name, value]) => value && facets.get(name) !== value);
			}
			for (const group of groups) group.hidden = rows.every((row) => row.hidden || !group.contains(row));
			const n = rows.filter((row) => !row.hidden).length;
			count.textContent = say('shown', { n, all: rows.length });
			announce(count.textContent);
		};

		const tools = make('div', { class: 'tools' });
		tools.append(field(words.filter, (text) => ((typed = wordsOf(text)), apply())));
		for (const name of new Set(known.flatMap(({ facets }) => [...facets.keys()]))) {
			const values = [...new Set(known.map(({ facets }) => facets.get(name)))].filter(Boolean);
			if (values.length < 2) continue;
			const options = [['', words.all], ...values.map((value) => [value, value])];
			tools.append(select(name, options, (value) => (chosen.set(name, value), apply())));
		}
		tools.append(count);
		place.before(tools);
	};

	for (const place of document.querySelectorAll('[data-filter]')) {
		const rows = [...place.querySelectorAll(place.dataset.filter)];
		const groups = place.querySelectorAll('[data-group], section, tbody');
		if (rows.length > 3) install(place, rows, groups, place.dataset.groups);
	}
	for (const table of document.querySelectorAll('main table')) {
		const rows = rowsOf(table);
		if (rows.length < LONG || table.closest('[data-filter], details')) continue;
		install(table.closest('.wide') ?? table, rows, table.tBodies);
	}
})();
