#!/usr/bin/env bash
# Holds the imports of every target against the rows of ARCHITECTURE.md.
# SwiftPM lets a target import whatever a dependency happens to build; this does not.
set -euo pipefail

declare -A allowed=(
  [LogisticsModel]=""
  [CSVTables]="LogisticsModel CZlib"
  [RouteGraph]="LogisticsModel CSVTables"
  [Tariffs]="LogisticsModel CSVTables"
  [TransitTimes]="LogisticsModel CSVTables"
  [RoutePlanning]="LogisticsModel CSVTables RouteGraph Tariffs TransitTimes CPrefetch"
  [WarehousePlacement]="LogisticsModel CSVTables RouteGraph Tariffs TransitTimes"
  [NetworkBuilding]="LogisticsModel CSVTables"
  [Fulfilment]="LogisticsModel RouteGraph Tariffs TransitTimes RoutePlanning WarehousePlacement"
  [PostgresClient]="CLibPQ"
  [ShipmentStore]="PostgresClient Fulfilment LogisticsModel"
  [JobQueue]="PostgresClient"
  [queue-check]="JobQueue PostgresClient ArgumentParser"
)
# What comes with the toolchain. Foundation stays out of the planning column, but for the JSON decoder that
# reads a bundle's manifest.
system="Swift Glibc Synchronization"
allowed[RouteGraph]+=" FoundationEssentials"
status=0
for target in "${!allowed[@]}"; do
  while IFS=: read -r file line import; do
    module=$(sed -E 's/^(public |internal |package |private |fileprivate |@[A-Za-z_()]+ )*import ((struct|class|enum|func|protocol) )?([A-Za-z0-9_]+).*/\4/' <<<"$import")
    case " ${allowed[$target]} $system " in
      *" $module "*) ;;
      *)
        echo "$file:$line: $target must not import $module" >&2
        status=1
        ;;
    esac
  done < <(grep -rnE '^((public|internal|package|private|fileprivate|@[A-Za-z_()]+) )*import ' "Sources/$target" || true)
done
# The auditor of placements must not share code with what it audits: its folder compiles by itself.
if ! swiftc -typecheck -parse-as-library -swift-version 6 Sources/WarehousePlacement/Audit/*.swift; then
  echo "Sources/WarehousePlacement/Audit must compile without the rest of its target" >&2
  status=1
fi
exit $status
