import {catalogFiles, mailFiles, platformFiles, searchFiles, serviceFile} from './files.ts';

export interface Author {
	readonly name: string;
	readonly email: string;
}

export interface PastCommit {
	readonly author: Author;
	/** Hours before the demo begins. */
	readonly hoursAgo: number;
	readonly message: string;
	/** Whole new contents. */
	readonly files: Readonly<Record<string, string>>;
}

const ana: Author = {name: 'Ana Ruiz', email: 'ana@shop.example.com'};
const dan: Author = {name: 'Dan Okafor', email: 'dan@shop.example.com'};
const lena: Author = {name: 'Lena Vogel', email: 'lena@shop.example.com'};
const bot: Author = {name: 'update-bot', email: 'update-bot@shop.example.com'};
const day = 24;

/** Renderers that are there: what needs another one is left out, so that nothing is broken from the start. */
export interface Renderers {
	readonly kustomize: boolean;
	readonly helm: boolean;
}

/** How the shop's repository came to be what it is, oldest first. */
export function shopHistory({kustomize, helm}: Renderers): PastCommit[] {
	const services = ['storefront', 'checkout', 'cart'] as const;
	const everywhere = (environment: 'production' | 'staging' | 'dev') =>
		Object.assign({}, ...services.map(name => serviceFile(environment, name))) as Record<string, string>;
	return [
		{author: ana, hoursAgo: 40 * day, message: 'Limits, network policy and the operator account', files: platformFiles},
		{
			author: lena,
			hoursAgo: 32 * day,
			message: 'Storefront, checkout and cart in production',
			files: everywhere('production'),
		},
		{
			author: dan,
			hoursAgo: 31 * day,
			message: 'The same in staging and dev, one of each',
			files: {...everywhere('staging'), ...everywhere('dev')},
		},
		{author: lena, hoursAgo: 21 * day, message: 'Payments', files: serviceFile('production', 'payments')},
		{author: ana, hoursAgo: 14 * day, message: 'Search, with its schema job before every sync', files: searchFiles},
		...(kustomize
			? [{author: dan, hoursAgo: 12 * day, message: 'Catalog for all three environments', files: catalogFiles}]
			: []),
		...(helm ? [{author: ana, hoursAgo: 9 * day, message: 'Mail by chart', files: mailFiles}] : []),
		{
			author: dan,
			hoursAgo: 6 * day,
			message: 'checkout 2.2.9',
			files: serviceFile('production', 'checkout', {tag: '2.2.9'}),
		},
		{
			author: lena,
			hoursAgo: 3 * day,
			message: 'cart: three for the weekend',
			files: serviceFile('production', 'cart', {replicas: 3, remark: 'two were not enough on Saturdays'}),
		},
		{
			author: bot,
			hoursAgo: 26,
			message: 'Bump storefront to 4.1.3',
			files: serviceFile('production', 'storefront', {tag: '4.1.3'}),
		},
		{
			author: dan,
			hoursAgo: 5,
			message: 'checkout: log level back to info',
			files: serviceFile('production', 'checkout', {tag: '2.2.9', remark: 'enough for a weekday'}),
		},
	];
}

/** What goes wrong in the incident: a tag with the letter O where a zero was meant. */
export const badCommit: Omit<PastCommit, 'hoursAgo'> = {
	author: lena,
	message: 'checkout 2.3.0, one more of it',
	files: serviceFile('production', 'checkout', {tag: '2.3.O', replicas: 4, remark: 'enough for a weekday'}),
};

export const reverter: Author = ana;
