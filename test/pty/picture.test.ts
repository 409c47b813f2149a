import {expect, test} from 'vitest';
import {useMonitorTerminals} from './monitor.ts';
import {pictureOf} from './picture.ts';

const open = useMonitorTerminals();

test('a picture shows what the screen shows, in its looks', async () => {
	const terminal = open({columns: 100, rows: 20});
	await terminal.expectText('app-003');
	const picture = pictureOf(terminal, 'The <monitor>');
	const texts = [...picture.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1]!.trim());
	expect(texts.some(text => text.startsWith('live'))).toBe(true);
	expect(texts.join(' ')).toContain('app-003');
	expect(picture).toContain('<title>The &lt;monitor&gt;</title>');
	// The selected row is a bar: dark letters on a light ground.
	expect(picture).toMatch(/<rect [^>]*fill="#c8ccd4"\/><text [^>]*fill="#1c1e22"[^>]*>[^<]*app-000/);
	expect(picture).toMatch(/fill="#7fbf6a"[^>]*>[^<]*Synced/);
});
