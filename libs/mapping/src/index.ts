export { applyMapping, readRecord, unreadable } from './apply.ts';
export { printMapping, printRows, tablesOf, type PrintedRow } from './print.ts';
export { rowsOver, type RowWords } from './rows.ts';
export { mapping, type AnyMapping, type Conversion, type Mapping, type MappingContext, type Row } from './table.ts';
export { asItIs, choice, emailList, identity, joined, text, textOr, type Scalar } from './conversions/text.ts';
export { localDateTime, localDateTimePlus } from './conversions/wall-clock.ts';
