import { type Route, serviceOf } from '../call.ts';
import { answerPage } from '../paging.ts';
import { notFound } from '../refusal.ts';

/** Push bindings come from phones; no phone registers here, so there are none. */

export const listBindings: Route = (core, call) => {
  serviceOf(core, call);
  return answerPage(core, call, {
    key: 'bindings',
    listing: { ordinals: [], items: [] },
    maximum: 100,
    show: (binding) => binding,
  });
};

export const noBinding: Route = (core, call) => {
  throw notFound(`/Services/${serviceOf(core, call).sid}/Bindings/${call.params['BindingSid']}`);
};
