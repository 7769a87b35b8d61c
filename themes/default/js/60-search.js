// The search: generator/render/search.h says what the files hold. A typed word
// finds the stems that it begins with, if the rest may be an ending
// (generator/text/stem.h), and those that begin with it.
(() => {
	const { announce, field, make, say, words, wordsOf } = vidno;
	const place = document.querySelector('#search');
	if (!place) return;
	const SHOWN = 50;
	const PARTS = 12;
	const BLOCK = 64;
	const kinds = place.dataset.kinds.split('|');

	// A script tag works from a folder too, where nothing else can be read.
	const files = {};
	const load = (name) =>
		(files[name] ??= new Promise((done) => {
			const script = make('script', { src: `${name}.js?${place.dataset.version}` });
			script.found = done;
			script.onerror = () => (delete files[name], done());
			document.head.append(script);
		}));
	vidno.found = (name, value) => document.currentScript.found(value);

	const nameOf = (part) => 't' + [...part].map((c) => c.codePointAt(0).toString(16).padStart(4, '0')).join('');

	// How well a stem fits a word: 0 is best, undefined not at all.
	const fit = (word, stem, entries) => {
		if (stem === word) return 0;
		if (entries === 0 || /^\d+$/.test(word)) return;
		if (word.startsWith(stem) && stem.length > 2 && word.length <= 2 * stem.length + 1) return 0;
		if (stem.startsWith(word)) return 1;
	};

	// Entry → fit; or nothing when the word is too common to tell entries apart.
	const find = async (word) => {
		if (/^\D$/.test(word)) return;
		const index = (await load('index')) ?? [];
		const parts = index.filter((part) => word.startsWith(part) || part.startsWith(word));
		if (parts.length > PARTS) return;
		const found = new Map();
		for (const stems of await Promise.all(parts.map((part) => load(nameOf(part))))) {
			for (const [stem, entries] of Object.entries(stems ?? {})) {
				const fits = fit(word, stem, entries);
				if (fits === undefined) continue;
				if (typeof entries === 'number') return;
				let n = 0;
				for (const step of entries) {
					n += step;
					found.set(n, Math.min(fits, found.get(n) ?? 1));
				}
			}
		}
		return found;
	};

	const search = async (text) => {
		const asked = [...new Set(wordsOf(text))];
		const answers = (await Promise.all(asked.map(find))).filter(Boolean);
		if (!answers.length) return;
		const [first, ...others] = answers;
		const all = [...first.keys()].filter((n) => others.every((found) => found.has(n)));
		const worth = (n) => answers.reduce((sum, found) => sum + found.get(n), 0);
		all.sort((a, b) => worth(a) - worth(b) || a - b);
		const shown = all.slice(0, SHOWN).map(async (n) => (await load(Math.floor(n / BLOCK)))?.[n % BLOCK]);
		return { count: all.length, shown: (await Promise.all(shown)).filter(Boolean) };
	};

	const status = make('p', { class: 'src' });
	const list = make('ul', { class: 'rows' });
	const lists = document.querySelector('#lists');
	let last;

	const show = async (text) => {
		const mine = (last = {});
		try {
			history.replaceState(null, '', text ? `?q=${encodeURIComponent(text)}` : location.pathname);
		} catch {
			// Some browsers keep the address of a file as it is.
		}
		const typed = wordsOf(text).length > 0;
		const found = typed && (await search(text));
		const { count, shown } = found || { shown: [] };
		if (mine !== last) return;
		lists.hidden = typed;
		list.replaceChildren(
			...shown.map(([kind, title, more, href, department]) => {
				const below = make('span', { class: 'src' }, [department, more].filter(Boolean).join(' · '));
				const link = make('span', { class: 'grow' }, make('a', { href }, title), make('br'), below);
				return make('li', {}, link, make('span', { class: 'tag' }, kinds[kind]));
			}),
		);
		const key = !count ? 'found_none' : count > shown.length ? 'found_some' : 'found';
		status.textContent = !typed ? '' : found ? say(key, { n: count, shown: shown.length }) : words.type_more;
		if (typed) announce(status.textContent);
	};

	const label = field(words.search, show);
	const form = make('form', { class: 'tools find', role: 'search' }, label);
	form.addEventListener('submit', (event) => event.preventDefault());
	place.append(form, status, list);
	const asked = new URLSearchParams(location.search).get('q');
	if (asked) show((label.lastChild.value = asked));
})();
