import { openOffice } from './office.js';

/** An instance in a process of its own, to be killed: says each incident on a line of its own. */
const office = await openOffice(process.env['DATABASE'] ?? '');
office.instance({ report: ({ what }) => console.log(what), stretch: { events: 200 } }).start();
