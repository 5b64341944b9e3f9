#!/bin/sh
# One pod's share of a load: the JOB_COMPLETION_INDEX-th of PODS. All begin at the second that is written to
# /results/start, and stay when they are done until their samples were collected.
set -eu
index=$JOB_COMPLETION_INDEX
boundaries=0
i=1
while [ "$i" -le "$PODS" ]; do
  boundaries="$boundaries,$i/$PODS"
  i=$((i + 1))
done
until [ -s /results/start ]; do sleep 0.2; done
until [ "$(date +%s)" -ge "$(cat /results/start)" ]; do sleep 0.02; done
code=0
k6 run --quiet --no-color --out csv=/results/samples.csv.gz \
  --execution-segment "$index/$PODS:$((index + 1))/$PODS" --execution-segment-sequence "$boundaries" \
  "/load/$SCRIPT.ts" 2>&1 || code=$?
echo "$code" >/results/code
until [ -e /results/collected ]; do sleep 0.2; done
exit "$code"
