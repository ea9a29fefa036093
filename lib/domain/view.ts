/** A rectangle in pixels of the upright source image (EXIF orientation applied). */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One picture shown to the model: the whole image or a crop. */
export interface View {
  /** Position within the image's views; 0 is the whole image. */
  readonly index: number;
  readonly kind: 'whole' | 'crop' | 'text';
  /** Absent for views without a picture, such as imported texts. */
  readonly box?: Box;
}
