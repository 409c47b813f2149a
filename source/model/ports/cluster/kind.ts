/** One served kind at its preferred version. */
export interface ResourceKind {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	/** Plural, as in URLs. */
	readonly resource: string;
	readonly isNamespaced: boolean;
	readonly verbs: readonly string[];
	/** Every served version, preferred first. */
	readonly versions: readonly string[];
}
