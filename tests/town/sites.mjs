// All sites of the town. A site:
//
//   id        its school; host, and others: more names of the same address
//   rows      the rows of the table of real sites that it stands for
//   expect    item → outcome, or [outcome, words of the reason]
//   handle    (request, answer); robots: a text, or (request, answer)
//   url       address in schools.csv, when it is not http://host:8080/
//   tls       which certificate answers at port 8443; onlyTls: nothing at 8080
//   forbidden paths that its robots.txt forbids
//   dead      nobody listens; school false: a host that others lead to
import { text } from './sites-text.mjs';
import { addresses } from './sites-address.mjs';
import { answers } from './sites-answer.mjs';
import { content } from './sites-content.mjs';
import { defences } from './sites-defence.mjs';
import { platforms } from './sites-platform.mjs';

export const sites = [...text, ...addresses, ...answers, ...content, ...defences, ...platforms]
  .map((site) => ({ host: `${site.id}.town.test`, ...site }));
