/**
 * A process that writes a journal until it is killed: prints `ready <hash key>`, then the number of the last entry after
 * every flush. Arguments: directory, name, and how many entries to write before it ends by itself (0: for ever).
 */
import {createIdFactory} from '../../source/journal/id.ts';
import {openJournal} from '../../source/journal/journal.ts';

const [directory = '', name = '', count = '0'] = process.argv.slice(2);
const makeId = createIdFactory(Date.now, Math.random);
const journal = openJournal({directory, now: Date.now});
process.stdout.write(`ready ${journal.hashKey.toString('hex')}\n`);

let number = 0;
function writeSome(): void {
	for (let index = 0; index < 20; index++) {
		const message = `${name} ${number++} ${'x'.repeat(300)}`;
		journal.append({type: 'worker', id: makeId(), time: Date.now(), application: '', message});
	}
	journal.flush();
	if (!journal.problem) process.stdout.write(`${number - 1}\n`);
	if (count !== '0' && number >= Number(count)) journal.close();
	else setImmediate(writeSome);
}
writeSome();
