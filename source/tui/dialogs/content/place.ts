import {safeText} from '../../../model/text.ts';

/** Where an act reaches. */
export interface Place {
	readonly context: string;
	readonly namespace: string;
	readonly isProduction: boolean;
}

/** `eu-prod (PRODUCTION), namespace shop`. */
export function describePlace({context, namespace, isProduction}: Place): string {
	return safeText(`${context}${isProduction ? ' (PRODUCTION)' : ''}, namespace ${namespace}`);
}
