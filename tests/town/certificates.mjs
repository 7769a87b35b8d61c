// Certificates of the town, made by openssl in FOLDER/tls: a root with an
// intermediate, and what goes wrong with them at real schools.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { domainToASCII } from 'node:url';

// The same chain for hosts of several domains.
export const NAMED = { ru: 'school.town-roots.ru', su: 'school.town-roots.su', rf: domainToASCII('школа.город-корней.рф'), com: 'school.town-roots.com' };

export function certificates(folder) {
  const here = path.join(folder, 'tls');
  fs.mkdirSync(here, { recursive: true });
  const at = (name) => path.join(here, name);
  const openssl = (...args) => execFileSync('openssl', args, { cwd: here, stdio: ['ignore', 'ignore', 'pipe'] });
  const key = (name) => openssl('ecparam', '-genkey', '-name', 'prime256v1', '-noout', '-out', `${name}.key`);

  const authority = (name, issuer) => {
    key(name);
    fs.writeFileSync(at(`${name}.ext`), 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n');
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=Town ${name}`, '-out', `${name}.csr`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-days', '3650', '-extfile', `${name}.ext`, '-out', `${name}.crt`,
      ...(issuer ? ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial'] : ['-signkey', `${name}.key`]));
  };
  const site = (name, host, issuer, days = '3650', bits = 0) => {
    if (bits) openssl('genrsa', '-out', `${name}.key`, String(bits));
    else key(name);
    fs.writeFileSync(at(`${name}.ext`), `subjectAltName=DNS:${host}\n`);
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${host}`, '-out', `${name}.csr`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-days', days, '-extfile', `${name}.ext`, '-out', `${name}.crt`,
      ...(issuer ? ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial'] : ['-signkey', `${name}.key`]));
  };

  authority('root');
  authority('middle', 'root');
  site('good', '*.town.test', 'middle');
  site('expired', '*.town.test', 'middle', '-1');
  site('small', '*.town.test', 'middle', '3650', 1024);
  site('other', 'elsewhere.example', 'middle');
  site('self', '*.town.test');
  for (const [name, host] of Object.entries(NAMED)) site(name, host, 'middle');
  const read = (name) => fs.readFileSync(at(name));
  const chain = (name) => Buffer.concat([read(`${name}.crt`), read('middle.crt')]);
  return {
    good: { key: read('good.key'), cert: chain('good') },
    incomplete: { key: read('good.key'), cert: read('good.crt') },
    expired: { key: read('expired.key'), cert: chain('expired') },
    other: { key: read('other.key'), cert: chain('other') },
    small: { key: read('small.key'), cert: chain('small') },
    self: { key: read('self.key'), cert: read('self.crt') },
    ...Object.fromEntries(Object.keys(NAMED).map((name) => [name, { key: read(`${name}.key`), cert: chain(name) }])),
  };
}
