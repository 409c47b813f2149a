/**
 * Whether version `left` is older than `right`. Versions are opaque by contract, but every API server counts upwards and
 * since 1.35 that is promised (KEP-5504); where they are not numbers nothing is called older.
 */
export function isOlderVersion(left: string, right: string): boolean {
	if (!isNumber.test(left) || !isNumber.test(right)) return false;
	return left.length === right.length ? left < right : left.length < right.length;
}

const isNumber = /^[1-9][0-9]*$/;
