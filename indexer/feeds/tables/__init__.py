"""Tables as people keep them: CSV, XLSX and ODS, with titles above, merged cells, dates as numbers, formulas."""
