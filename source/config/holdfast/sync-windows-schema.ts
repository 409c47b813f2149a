import {z} from 'zod';
import {readSchedule, readTimeZone} from '../schedule.ts';
import {intervalText, textThat} from '../schema/text.ts';

export const syncWindowsSchema = z.array(
	z.strictObject({
		kind: z
			.enum(['allow', 'deny'])
			.describe('deny: no automatic sync meanwhile. allow: automatic syncs only meanwhile. Deny wins.'),
		schedule: textThat(readSchedule).describe('When it begins: minute, hour, day of month, month, day of week.'),
		duration: intervalText.describe('How long it lasts, like 90m or 8h.'),
		timeZone: textThat(readTimeZone).optional().describe('IANA name, like Europe/Berlin. Default: UTC.'),
		manualSync: z.boolean().optional().describe('Let people sync against it who say so. Default: false.'),
	}),
);

export type SyncWindowsInput = z.output<typeof syncWindowsSchema>;
