import {type EmbeddedControlPlane, startControlPlane} from '../../../../demo/control-plane/start.ts';
import {stringifyJson} from '../../../../source/model/json.ts';
import {type Exchange, readExchanges} from '../recordings.ts';
import {Mapping} from './mapping.ts';
import {differences, normalise, withoutControllers} from './normalise.ts';
import {isWithControllers, reasonOf} from './not-compared.ts';
import {repaired} from './repairs.ts';
import {type Response, send, watch} from './send.ts';
import {before, createRecorder, during, namespace, type Recorder} from './setups.ts';

export interface Outcome {
	/** `case/step`. */
	readonly name: string;
	readonly note: string;
	/** Empty when ours agrees with the recorded answer. */
	readonly differences: readonly string[];
	/** Why it is not counted; it is sent all the same when it can be. */
	readonly reason?: string;
}

const tokens: Readonly<Record<string, string | null>> = {
	'token-admin': 'admin-token',
	alice: 'alice-token',
	bad: 'nobody-has-this',
	anonymous: null,
};

/** Sends all recorded requests of a version, in their order, to a fresh server, and compares its answers. */
export async function replay(version: string): Promise<Outcome[]> {
	const plane = await startControlPlane({
		token: 'admin-token',
		users: [{name: 'alice', token: 'alice-token', groups: ['devs', 'system:authenticated']}],
	});
	try {
		const mapping = new Mapping();
		const recorder = createRecorder(plane, mapping, 'admin-token');
		await prepare(recorder);
		const outcomes: Outcome[] = [];
		for (const exchange of readExchanges(version)) outcomes.push(await replayOne(recorder, plane, mapping, exchange));
		return outcomes;
	} finally {
		await plane.stop();
	}
}

/** What stood in the recorder's cluster before the first exchange. */
async function prepare(recorder: Recorder): Promise<void> {
	for (const name of ['fx', 'fx-q', 'fx-stale']) namespace(recorder, name);
	await recorder.apply('/api/v1/namespaces/fx/configmaps/kube-root-ca.crt', {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name: 'kube-root-ca.crt', namespace: 'fx'},
		data: {'ca.crt': ''},
	});
}

async function replayOne(
	recorder: Recorder,
	plane: EmbeddedControlPlane,
	mapping: Mapping,
	exchange: Exchange,
): Promise<Outcome> {
	const name = `${exchange.case.slice(0, 2)}/${exchange.step}`;
	const why = reasonOf(exchange);
	const {note} = exchange;
	await before[name]?.(recorder);
	if (why?.isSkipped) return {name, note, differences: [], reason: why.reason};
	const request = {...exchange.request, body: repaired(name, exchange.request.body)};
	const response = await repeat(
		plane,
		mapping,
		{...exchange, request},
		() => during[name]?.(recorder) ?? Promise.resolve(),
	);
	const recorded = recordedBody(exchange);
	mapping.learn(recorded, response.body);
	const found = compare(exchange, recorded, response, isWithControllers(name) ? withoutControllers : same);
	return {name, note, differences: found, ...(why ? {reason: why.reason} : {})};
}

function repeat(
	plane: EmbeddedControlPlane,
	mapping: Mapping,
	{request, response}: Exchange,
	whileOpen: () => Promise<void>,
): Promise<Response> {
	const token = tokens[request.user];
	// Nothing comes in a watch's later seconds but bookmarks, which are not compared.
	const times = request.query.timeoutSeconds ? {timeoutSeconds: '1'} : {};
	const query = new URLSearchParams(
		Object.entries({...request.query, ...times}).map(
			([key, value]) => [key, mapping.translate(value)] as [string, string],
		),
	);
	const body = bodyOf(mapping, request.body);
	const sent = {
		method: request.method,
		path: query.size > 0 ? `${request.path}?${query}` : request.path,
		headers: {
			'user-agent': 'recorder/1.0',
			...(token ? {authorization: `Bearer ${token}`} : {}),
			...(request.accept ? {accept: request.accept} : {}),
			...(request.contentType ? {'content-type': request.contentType} : {}),
		},
		...(body === undefined ? {} : {body}),
	};
	if (!response.watch) return send(plane, sent);
	const expected = response.watch.closedByServer ? 0 : response.watch.events.length;
	return watch(plane, sent, {expected, whileOpen});
}

function bodyOf(mapping: Mapping, body: unknown): string | undefined {
	if (body === null || body === undefined) return undefined;
	return typeof body === 'string' ? body : stringifyJson(mapping.translateBody(body));
}

function recordedBody({response}: Exchange): unknown {
	if (!response.watch) return response.body;
	const events = response.watch.events.map(({event}) => event);
	// A refused watch has the Status for its only event.
	return response.code === 200 ? events : events[0];
}

const same = (body: unknown): unknown => body;

function compare({response}: Exchange, recorded: unknown, ours: Response, cut: (body: unknown) => unknown): string[] {
	const warnings = response.headers.warning ?? [];
	return [
		...differences(response.code, ours.code, 'code'),
		...differences(response.headers['content-type']?.[0] ?? '', ours.contentType, 'content-type'),
		...differences([...warnings].sort(), [...ours.warnings].sort(), 'warnings'),
		...differences(normalise(cut(recorded)), normalise(cut(ours.body))),
	];
}
