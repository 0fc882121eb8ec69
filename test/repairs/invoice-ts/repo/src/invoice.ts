export interface Invoice {
  readonly number: number;
  readonly country: string;
  readonly cents: number;
}
