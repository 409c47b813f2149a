/** A name that says so itself: `eu-prod`, `production`, `gke_shop_prd`. Anything else has to be marked. */
const productionName = /(?:^|[-_./:@])(?:prod|production|prd|live)(?:$|[-_./:@\d])/i;

export function isProductionName(context: string): boolean {
	return productionName.test(context);
}
