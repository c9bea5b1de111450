"""Evidence for and against a map: is it an explanation of this network, or only a picture?"""
