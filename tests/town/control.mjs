// What a test may ask of the server while it runs, so that it need not guess
// how far a visit has come: a line to an address of its own, and a line back.
//
//   settle       ok, when all that had reached the server is in its log
//   hold N A,B   the sites A and B answer N questions more; the next of each
//                is kept waiting until release, or another hold
//   held         ok when each of them keeps its visitor waiting, else no
//   release      those that wait are answered
//
// Towns that run at the same time lie in networks of their own: whose address
// this is has the network.
import net from 'node:net';

const TURNS = 10; // of the event loop: accepted, read, encrypted, and more

export class Gate {
  left = new Map(); // site → questions that it answers yet
  waiting = new Map(); // site → what is done when it may, of the last question

  // Does it now, or at release.
  pass(site, socket, go) {
    const left = this.left.get(site) ?? Infinity;
    if (this.left.has(site)) this.left.set(site, left - 1);
    if (left > 0) go();
    else this.waiting.set(site, { socket, go });
  }

  hold(count, sites) {
    this.release();
    for (const site of sites) this.left.set(site, count);
  }

  held() {
    return [...this.left.keys()].every((site) => this.waiting.get(site)?.socket.destroyed === false);
  }

  release() {
    const all = [...this.waiting.values()];
    this.left.clear();
    this.waiting.clear();
    for (const { socket, go } of all) if (!socket.destroyed) go();
  }
}

const obey = {
  settle: (gate, say) => {
    let turns = TURNS;
    const turn = () => (turns-- > 0 ? setImmediate(turn) : say('ok'));
    turn();
  },
  hold: (gate, say, count, sites) => {
    gate.hold(Number(count), sites.split(','));
    say('ok');
  },
  held: (gate, say) => say(gate.held() ? 'ok' : 'no'),
  release: (gate, say) => {
    gate.release();
    say('ok');
  },
};

function serve(gate, socket) {
  socket.on('error', () => {});
  socket.once('data', (bytes) => {
    const [word, ...rest] = bytes.toString().trim().split(' ');
    const say = (text) => socket.end(`${text}\n`);
    if (obey[word]) obey[word](gate, say, ...rest);
    else say('what?');
  });
}

// Listens where no other town does: { network, host, port }.
export async function openControl(gate) {
  const port = 8080;
  for (let i = 0; i < 200; i++) {
    const network = `127.${20 + ((process.pid + i) % 200)}`;
    const host = `${network}.255.254`;
    const server = net.createServer((socket) => serve(gate, socket));
    const taken = await new Promise((done, fail) => {
      server.on('error', (e) => (e.code === 'EADDRINUSE' ? done(true) : fail(e)));
      server.listen(port, host, () => done(false));
    });
    if (!taken) return { network, host, port };
  }
  throw new Error(`port ${port} is taken everywhere`);
}
