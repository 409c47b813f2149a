import {createContext, useContext} from 'react';
import {createInputLayers, type InputLayers} from './layers.ts';

export const InputContext = createContext<InputLayers>(createInputLayers());

export function useInputLayers(): InputLayers {
	return useContext(InputContext);
}
