// What the page's script adds to the window, and what stands there before it starts.
interface Window {
  regionkit: any;
  rkState?: string;
}
