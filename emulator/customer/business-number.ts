/** The business's number in a conversation that names none; of the kind that is never given to anybody. */
export const BUSINESS_NUMBER = '+15550100000';
