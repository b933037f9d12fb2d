/**
 * Every "no" of the contract, each in a real situation through the port, in an order in which each finds what it needs:
 * random histories say the common ones by themselves, the rare ones would leave it to luck.
 */
import { door, machine } from './refused-door.ts';
import { money } from './refused-money.ts';
import { catalogue, goods, people } from './refused-office.ts';
import { till } from './refused-till.ts';
import type { Provocations } from './situations.ts';

export const provocations: Provocations = [
  ...people,
  ...catalogue,
  ...goods,
  ...till,
  ...money,
  ...door,
  ...machine,
];
