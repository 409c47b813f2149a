import {describe, expect, it} from 'vitest';
import {parseAddress, withoutCredentials} from '../../source/git/address.ts';
import {HoldfastError} from '../../source/model/errors.ts';

describe('the address of a repository', () => {
	it.each<[string, string]>([
		['https://github.com/team/shop.git', 'https://github.com/team/shop.git'],
		['http://git.internal:3000/shop', 'http://git.internal:3000/shop'],
		['https://user:password1@host/shop.git', 'https://host/shop.git'],
		['https://ghp_0123456789@host/shop.git', 'https://host/shop.git'],
		['https://host/shop.git?private_token=glpat-123456&x=1', 'https://host/shop.git?x=1'],
		['ssh://git@host:2222/team/shop.git', 'ssh://git@host:2222/team/shop.git'],
		['ssh://git:password1@host/shop.git', 'ssh://git@host/shop.git'],
		['git@host:team/shop.git', 'git@host:team/shop.git'],
		['host:team/shop.git', 'host:team/shop.git'],
		['git@[2001:db8::1]:team/shop.git', 'git@[2001:db8::1]:team/shop.git'],
		['file:///srv/git/shop.git', 'file:///srv/git/shop.git'],
		['/srv/git/shop with space.git', '/srv/git/shop with space.git'],
	])('%s is shown as %s', (url, display) => {
		const address = parseAddress(url);
		expect(address.url).toBe(url);
		expect(address.display).toBe(display);
		expect(address.folder).toMatch(/^[a-z0-9][a-z0-9-]*-[0-9a-f]{16}$/);
	});

	it.each([
		'',
		' ',
		'ext::sh -c touch% /tmp/x',
		'ext::sh',
		'fd::17',
		'https::https://host/x',
		'transport::address',
		'git://host/shop.git',
		'ftp://host/shop.git',
		'rsync://host/shop.git',
		'javascript://host/x',
		'--upload-pack=touch /tmp/x',
		'-u',
		'ssh://-oProxyCommand=touch/x',
		'ssh://-oProxyCommand=touch@host/x',
		'-oProxyCommand=touch:shop',
		'git@-oProxyCommand=touch:shop',
		'-x@host:shop',
		'host:-shop',
		'https://host/shop.git\n--upload-pack=x',
		'https://ho st/shop',
		'/srv/shop\0.git',
		'https://',
		'https://[bad/x',
		'file://otherhost/share/shop',
		'relative/path',
		'../shop',
		'./shop',
		'~/shop',
		'shop',
	])('%j is refused', url => {
		const act = () => parseAddress(url);
		expect(act).toThrow(HoldfastError);
		expect(act).toThrow(expect.objectContaining({code: 'InvalidRepositoryURL'}));
	});

	it('does not repeat credentials when it refuses', () => {
		expect(() => parseAddress('ftp://robot:hunter2-token@host/x')).toThrow(
			expect.objectContaining({message: expect.not.stringContaining('hunter2')}),
		);
	});

	it('has one folder whatever the credentials, another for another path', () => {
		const folder = (url: string): string => parseAddress(url).folder;
		expect(folder('https://a:password1@host/shop')).toBe(folder('https://b:password2@host/shop'));
		expect(folder('https://host/shop')).not.toBe(folder('https://host/shop2'));
		expect(folder('https://host/shop')).not.toBe(folder('https://host:8443/shop'));
	});
});

describe('texts without credentials', () => {
	const {secrets} = parseAddress('https://robot:s3cr3t%2Fvalue@host/x?access_token=tok-123456');
	it.each([
		[
			"fatal: unable to access 'https://robot:s3cr3t%2Fvalue@host/x/': error",
			"fatal: unable to access 'https://host/x/': error",
		],
		['remote: bad password s3cr3t/value', 'remote: bad password (redacted)'],
		['https://host/x?access_token=tok-123456/info/refs', 'https://host/x?access_token=(redacted)'],
		['see https://other:pw@elsewhere/y', 'see https://elsewhere/y'],
		['see https://token@elsewhere/y', 'see https://elsewhere/y'],
		['ssh://git:pw@host/x', 'ssh://host/x'],
		['ssh://git@host/x is fine', 'ssh://git@host/x is fine'],
		['Authorization: Basic cm9ib3Q6eA==', 'Authorization: Basic (redacted)'],
		['a?sig=abc&b=1', 'a?sig=(redacted)&b=1'],
	])('%s', (text, clean) => {
		expect(withoutCredentials(text, secrets)).toBe(clean);
	});
});
