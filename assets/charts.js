// The charts in use and nothing else: bundled into static/build/charts.js, which only pages with a picture load.
import { BarChart, BoxplotChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  AriaComponent, BarChart, BoxplotChart, GridComponent, LegendComponent, MarkLineComponent, ScatterChart, SVGRenderer, TooltipComponent,
]);

export { init };
