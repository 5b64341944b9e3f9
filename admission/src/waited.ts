import { channel } from 'node:diagnostics_channel';

/** Where it is told, in milliseconds, how long a request waited for something that the process has few of. */
export const waited = channel('cleave:waited');
