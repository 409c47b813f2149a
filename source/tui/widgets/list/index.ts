export {List, type ListProps, positionOf, type RowProps} from './list.tsx';
export {ListRow, type ListRowProps, rowGutter} from './row.tsx';
export {type UseListOptions, useList, useListOrder} from './use-list.ts';
