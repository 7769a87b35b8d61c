// What the other scripts share, in `vidno`. The program joins all of them, in
// strict mode, after its words from i18n (script_*).
(() => {
	vidno.make = (name, attributes, ...inside) => {
		const element = document.createElement(name);
		for (const key in attributes) element.setAttribute(key, attributes[key]);
		element.append(...inside);
		return element;
	};

	vidno.say = (key, slots) => vidno.words[key].replace(/\{(\w+)\}/g, (all, name) => slots[name]);

	// The rows of a table's body, without the headings of groups, and heads that stand again.
	vidno.rowsOf = (part) => [...part.querySelectorAll('tbody tr:not(.group, .again)')];

	// The words of a text, folded as generator/text/stem.c folds them.
	vidno.wordsOf = (text) =>
		text.normalize('NFC').toLowerCase().replace(/\u0451/g, '\u0435').match(/[\p{L}\p{Nd}]+/gu) ?? [];

	// Says it to those who hear the page, once the reader stops typing.
	const live = vidno.make('p', { class: 'heard', role: 'status' });
	document.body.append(live);
	let timer;
	vidno.announce = (text) => {
		clearTimeout(timer);
		timer = setTimeout(() => (live.textContent = text), 400);
	};

	vidno.select = (label, options, choose) => {
		const select = vidno.make('select');
		for (const [value, text] of options) select.append(vidno.make('option', { value }, text));
		select.addEventListener('change', () => choose(select.value));
		return vidno.make('label', {}, label, ' ', select);
	};

	vidno.field = (label, change) => {
		const input = vidno.make('input', { type: 'search', autocomplete: 'off' });
		input.addEventListener('input', () => change(input.value));
		return vidno.make('label', {}, label, ' ', input);
	};
})();
