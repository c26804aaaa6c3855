#include "CRustPeers.h"
