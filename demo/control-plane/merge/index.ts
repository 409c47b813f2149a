/** Changes of objects and who owns what afterwards: server-side apply, managedFields, and the three kinds of patches. */
export {type ApplyServerSide, applyServerSide, nameForErrors} from './apply.ts';
export {checkType} from './check-type.ts';
export {fieldSetOf} from './field-set.ts';
export {jsonPatch} from './json-patch.ts';
export {jsonMergePatch} from './merge-patch.ts';
export {strategicMergePatch} from './strategic-patch.ts';
export {type TrackScale, trackScale} from './track-scale.ts';
export {type TrackUpdate, trackUpdate} from './track-update.ts';
export {printTypedErrors, type TypedError} from './typed-error.ts';
export {unlessOnlyTimes} from './unchanged.ts';
export {singleVersion, type Versions} from './versions.ts';
