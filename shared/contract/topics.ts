/** What a push may be about. Pushes carry only the topic; whoever shows something of it asks again. */
export type Topic =
  | 'center'
  | 'users'
  | 'vendors'
  | 'products'
  | 'stock'
  | 'shift'
  | 'sales'
  | 'settlements'
  | 'runs'
  | 'print';
