/** A picture to try media with: a plant in a pot. */
export function drawSample(): File {
  const canvas = document.createElement('canvas');
  canvas.width = 480;
  canvas.height = 360;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('This browser draws no pictures.');
  const shape = (colour: string, path: string) => {
    pen.fillStyle = colour;
    pen.fill(new Path2D(path));
  };
  shape('#dfeae2', 'M0 0h480v360H0z');
  shape('#c9d9cd', 'M0 270h480v90H0z');
  shape('#3f7d58', 'M240 220C150 200 130 120 150 70c60 20 100 80 90 150z');
  shape('#4f9a6d', 'M240 220c90-10 120-80 110-140-60 10-120 60-110 140z');
  shape('#2f6547', 'M240 225c-20-60-10-130 10-180 30 50 30 120-10 180z');
  shape('#b5673f', 'M170 215h140l-18 105H188z');
  shape('#c87b52', 'M160 200h160v30H160z');
  const [, data = ''] = canvas.toDataURL('image/jpeg', 0.8).split(',');
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  return new File([bytes], 'plant.jpg', { type: 'image/jpeg' });
}
