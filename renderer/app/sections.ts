import {
  IconBuildingBank,
  type IconCash,
  IconCashRegister,
  IconLock,
  IconPackage,
  IconReceipt,
  IconSettings,
  IconTruckDelivery,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Role } from '../../shared/contract/roles.ts';
import type { Section } from '../stores/navigation.ts';

interface SectionEntry {
  section: Section;
  icon: typeof IconCash;
  roles: readonly Role[];
}

const everyone: readonly Role[] = ['admin', 'manager', 'cashier'];
const office: readonly Role[] = ['admin', 'manager'];

/** The sections in the order of the rail; Alt+1 … Alt+9 follow what a role sees. */
export const sections: readonly SectionEntry[] = [
  { section: 'till', icon: IconCashRegister, roles: everyone },
  { section: 'sales', icon: IconReceipt, roles: everyone },
  { section: 'close', icon: IconLock, roles: everyone },
  { section: 'vendors', icon: IconUsersGroup, roles: office },
  { section: 'products', icon: IconPackage, roles: office },
  { section: 'intake', icon: IconTruckDelivery, roles: office },
  { section: 'settle', icon: IconBuildingBank, roles: office },
  { section: 'people', icon: IconUsers, roles: ['admin', 'manager'] },
  { section: 'settings', icon: IconSettings, roles: office },
];

export function sectionsOf(role: Role): readonly SectionEntry[] {
  return sections.filter((entry) => entry.roles.includes(role));
}

/** Where a role starts its day. */
export function homeOf(role: Role): Section {
  return role === 'cashier' ? 'till' : 'vendors';
}
