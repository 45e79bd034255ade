// zlib: unpacks the tables and instances that are kept as gzip.
#pragma once
#include <zlib.h>
