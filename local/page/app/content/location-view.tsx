import { Icon } from '../ui/icon.tsx';
import { type Fields, textOf } from './read-fields.ts';

/** A place. The map is a drawing: a real one would come from the web. */
export function LocationView({ fields }: { readonly fields: Fields }) {
  const coordinates = `${textOf(fields, 'latitude')}, ${textOf(fields, 'longitude')}`;
  return (
    <div class="location">
      <div class="map" aria-hidden="true">
        <Icon name="pin" />
      </div>
      <p class="text card-title">{textOf(fields, 'label') ?? coordinates}</p>
      <p class="subtitle">{textOf(fields, 'address') ?? coordinates}</p>
    </div>
  );
}
