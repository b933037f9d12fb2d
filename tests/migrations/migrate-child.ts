/** Migrates the books named on the command line by one slow step more, to be killed on the way. Started by migrate.test.ts. */
import { migrate } from '../../main/engine/store/migrate.ts';
import { openBooks } from '../../main/engine/store/open.ts';
import { withSlowStep } from './slow-step.ts';

const [file = ''] = process.argv.slice(2);
const books = openBooks(file);
process.send?.('begun');
migrate(books, withSlowStep);
process.send?.('done');
books.close();
process.disconnect();
