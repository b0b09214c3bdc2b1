/**
 * Metrics in the text format of Prometheus, which is a line for each sample:
 * https://prometheus.io/docs/instrumenting/exposition_formats/. Two kinds are enough here, counters and gauges.
 */

export interface Metric {
  /** Without the prefix; a counter ends with `_total`, and units are seconds and bytes. */
  readonly name: string;
  readonly kind: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function metricsText(metrics: readonly Metric[]): string {
  return metrics.map(metricText).join('');
}

function metricText({ name, kind, help, samples }: Metric): string {
  const fullName = `flowbars_${name}`;
  const head = `# HELP ${fullName} ${help}\n# TYPE ${fullName} ${kind}\n`;
  return (
    head + samples.map((sample) => `${fullName}${labelsText(sample)} ${sample.value}\n`).join('')
  );
}

function labelsText({ labels }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
