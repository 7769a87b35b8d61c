// All sites of the town. A site:
//
//   id        its school; host, and others: more names of the same address
//   rows      the rows of the table of real sites that it stands for
//   expect    item → outcome, or [outcome, words of the reason or the note…];
//             found without words means without a note
//   evidence  column of the evidence → what stands there, for the programme
//   log       path → columns of the last row of the log of the visit
//   slow      it takes seconds
//   timed     in place of expect: what a visit says whose time-outs are short;
//             it is of a visit of their own
//   late      a path that answers when others have been asked OTHERS times
//   markup    the same in a visit that looks for the markup of order 1493
//   handle    (request, answer); request.nth on its connection; robots: a text, or (request, answer)
//   url       address in schools.csv, when it is not http://host:8080/
//   aliases   of schools.csv
//   port      to connect to, when it is not that of the address
//   tls       which certificate answers at port 8443; onlyTls: nothing at 8080
//   forbidden paths that its robots.txt forbids
//   dead      nobody listens; school false: a host that others lead to
import { text } from './sites-text.mjs';
import { addresses } from './sites-address.mjs';
import { answers } from './sites-answer.mjs';
import { clouds } from './sites-cloud.mjs';
import { content } from './sites-content.mjs';
import { defences } from './sites-defence.mjs';
import { markup } from './sites-markup.mjs';
import { platforms } from './sites-platform.mjs';

export const sites = [...text, ...addresses, ...answers, ...content, ...defences, ...platforms, ...clouds, ...markup]
  .map((site) => ({ host: `${site.id}.town.test`, ...site }));
