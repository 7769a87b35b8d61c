vidno.found("index",[""]);
